/**
 * An application in an EAR that embeds the queue: its EJB module stores parcels and submits the tasks to ship them, each
 * pair in one transaction, and holds the handler; it has a persistence unit and migrations of its own.
 */
package com.example.warehouse;
