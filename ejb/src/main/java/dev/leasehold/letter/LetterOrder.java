package dev.leasehold.letter;

import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to be done about a dead letter.
 *
 * @param letter its id
 * @param reason why; 1 to 1000 characters
 */
public record LetterOrder(String letter, @Nullable String reason) {}
