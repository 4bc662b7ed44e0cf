/** The application's own API, in a web module beside its EJB module. */
package com.example.warehouse.http;
