package dev.leasehold.api;

/** Tells a handler that its result is not wanted any more: it should stop, and leave nothing half-done. */
@FunctionalInterface
public interface Cancellation {

    /** Never asked for. */
    Cancellation NEVER = () -> false;

    /**
     * Whether the attempt should stop: its run was canceled, its deadline has passed, or its lease was lost. It never
     * becomes false again. Cheap enough to be asked in a loop.
     */
    boolean requested();
}
