/**
 * An application that embeds the queue: its own persistence unit and migrations on its own database, the queue's jars in
 * WEB-INF/lib. An invoice is stored and the task to send it is submitted in one transaction.
 */
package com.example.invoices;
