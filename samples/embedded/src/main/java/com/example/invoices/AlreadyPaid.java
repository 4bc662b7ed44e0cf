package com.example.invoices;

import java.util.UUID;

/** Nobody pays an invoice twice. */
public class AlreadyPaid extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AlreadyPaid(UUID invoice) {
        super("invoice " + invoice + " is paid");
    }
}
