package dev.leasehold.run;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Keeps a state under its word. */
@Converter(autoApply = true)
public class RunStates implements AttributeConverter<RunState, String> {

    @Override
    public String convertToDatabaseColumn(RunState state) {
        return state.word();
    }

    @Override
    public RunState convertToEntityAttribute(String word) {
        return RunState.of(word);
    }
}
