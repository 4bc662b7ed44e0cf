package com.example.hello;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Greets whom a task names. */
@ApplicationScoped
@Handles("greet")
public class Greet implements Handler<String> {

    private final List<String> said = new CopyOnWriteArrayList<>();

    @Override
    public Outcome run(String name, Attempt attempt) {
        said.add("Hello, " + name + "! This is attempt " + attempt.number() + ".");
        return Outcome.success();
    }

    /** What this server has said since it started. */
    public List<String> said() {
        return said;
    }
}
