/** Handler {@code http.request}: sends one HTTP request to a host that the operator allows. */
@NullMarked
package dev.leasehold.request;

import org.jspecify.annotations.NullMarked;
