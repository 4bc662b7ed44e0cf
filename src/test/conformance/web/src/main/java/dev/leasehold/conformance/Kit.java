package dev.leasehold.conformance;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The kit's calls, under {@code /conformance}. */
@ApplicationPath("/")
public class Kit extends Application {}
