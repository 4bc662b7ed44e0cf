package com.example.invoices;

import java.util.UUID;

/**
 * The payload of the task {@code invoice.send}.
 *
 * @param invoice the invoice's id
 */
public record InvoiceToSend(UUID invoice) {}
