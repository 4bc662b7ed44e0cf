package dev.leasehold.testing;

import java.util.concurrent.Callable;

/** Runs work in the transaction that is there, or in a new one. */
final class Joining {

    private final QueueProcess process;

    Joining(QueueProcess process) {
        this.process = process;
    }

    <T, X extends Exception> T run(Work<T, X> work) throws X {
        OpenTransaction current = process.transaction();
        return current == null ? inNew(work) : within(current, work);
    }

    private static <T, X extends Exception> T within(OpenTransaction current, Work<T, X> work) throws X {
        boolean done = false;
        try {
            T result = work.run();
            done = true;
            return result;
        } finally {
            if (!done) {
                current.mark(new IllegalStateException("work that joined the transaction has thrown"));
            }
        }
    }

    private <T, X extends Exception> T inNew(Work<T, X> work) throws X {
        try {
            return process.transactions().inNew(() -> tunnelled(work::run));
        } catch (Tunnel e) {
            @SuppressWarnings("unchecked") // the work declares nothing else
            X thrown = (X) e.checked;
            throw thrown;
        }
    }

    private static <T> T tunnelled(Callable<T> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new Tunnel(e);
        }
    }

    /** Takes a checked exception past the transaction. */
    private static final class Tunnel extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Exception checked;

        Tunnel(Exception checked) {
            super(null, null, false, false);
            this.checked = checked;
        }
    }
}
