package dev.leasehold.cli;

import dev.leasehold.client.LeaseholdException;

/** Why a command did not do what it was asked, as AQ 10 says it: kind, code, message. */
final class CommandFailure extends RuntimeException {

    /** The kinds, each with its exit code. */
    enum Kind {
        /** The command line itself is wrong. */
        USAGE(2),
        /** A value is. */
        VALIDATION(3),
        /** It could not be done. */
        RUNTIME(4),
        /** Nobody answered. */
        CONNECTIVITY(5);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }

        String word() {
            return switch (this) {
                case USAGE -> "usage";
                case VALIDATION -> "validation";
                case RUNTIME -> "runtime";
                case CONNECTIVITY -> "connectivity";
            };
        }
    }

    private final Kind kind;
    private final String code;

    CommandFailure(Kind kind, String code, String message) {
        super(message);
        this.kind = kind;
        this.code = code;
    }

    static CommandFailure invalid(String code, String message) {
        return new CommandFailure(Kind.VALIDATION, code, message);
    }

    /** What the server said, or that it said nothing. */
    static CommandFailure of(LeaseholdException failure) {
        Kind kind = switch (failure.status()) {
            case 0, 502, 504 -> Kind.CONNECTIVITY;
            case 400, 413, 422 -> Kind.VALIDATION;
            default -> Kind.RUNTIME;
        };
        return new CommandFailure(kind, failure.code(), failure.message());
    }

    /** Anything else: a mistake of this program, or of the machine. */
    static CommandFailure of(Exception failure) {
        if (failure instanceof CommandFailure known) {
            return known;
        }
        return failure instanceof LeaseholdException refusal
                ? of(refusal)
                : new CommandFailure(Kind.RUNTIME, "internal_error", failure.toString());
    }

    Kind kind() {
        return kind;
    }

    String code() {
        return code;
    }
}
