package dev.leasehold.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads a stream to its end, and keeps a part of it: a process that writes more must not wait for a reader. */
final class Captured {

    private static final int CHUNK = 8192;
    private static final long AFTER_END_SECS = 2;

    private final boolean last;
    private final int most;
    private byte[] kept = {};
    private boolean full;
    private final CompletableFuture<?> done;

    private Captured(InputStream in, boolean last, int most, OutputStream copy) {
        this.last = last;
        this.most = most;
        this.done = CompletableFuture.runAsync(() -> read(in, copy), Captured::onThread);
    }

    /** Keeps the first so many bytes, and never half a character of UTF-8. */
    static Captured first(InputStream in, int most, OutputStream copy) {
        return new Captured(in, false, most, copy);
    }

    /** Keeps the last so many bytes. */
    static Captured last(InputStream in, int most, OutputStream copy) {
        return new Captured(in, true, most, copy);
    }

    /** Runs something on a thread that nobody waits for. */
    static void onThread(Runnable work) {
        Thread thread = new Thread(work, "leasehold-pipe");
        thread.setDaemon(true);
        thread.start();
    }

    /** What was kept, once the process has ended; what its children write later is not waited for. */
    byte[] bytes() throws InterruptedException {
        try {
            done.get(AFTER_END_SECS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            System.getLogger(Captured.class.getName())
                    .log(System.Logger.Level.DEBUG, "a child of the command still writes: {0}", e.toString());
        }
        synchronized (this) {
            return kept;
        }
    }

    private void read(InputStream in, OutputStream copy) {
        byte[] chunk = new byte[CHUNK];
        try {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                copy.write(chunk, 0, read);
                keep(chunk, read);
            }
        } catch (IOException e) {
            System.getLogger(Captured.class.getName())
                    .log(System.Logger.Level.DEBUG, "the command is gone: {0}", e.toString());
        }
    }

    private synchronized void keep(byte[] chunk, int read) {
        if (full) {
            return;
        }
        byte[] all = Arrays.copyOf(kept, kept.length + read);
        System.arraycopy(chunk, 0, all, kept.length, read);
        if (all.length <= most) {
            kept = all;
        } else if (last) {
            kept = Arrays.copyOfRange(all, all.length - most, all.length);
        } else {
            full = true;
            kept = Arrays.copyOf(all, whole(all, most));
        }
    }

    /** The greatest length up to that one at which no character is cut. */
    private static int whole(byte[] utf8, int most) {
        int end = most;
        while (end > 0 && most - end < 3 && (utf8[end] & 0xC0) == 0x80) {
            end--;
        }
        return end;
    }
}
