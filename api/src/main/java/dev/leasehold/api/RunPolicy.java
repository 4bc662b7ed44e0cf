package dev.leasehold.api;

/** How many runs a task gets, and when (http.md 1). */
public sealed interface RunPolicy permits Repeat, Cron {}
