package dev.leasehold.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The HTTP API, under {@code /leasehold/api}. */
@ApplicationPath("api")
public class Api extends Application {}
