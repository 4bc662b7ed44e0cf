package dev.leasehold.node;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import org.hibernate.engine.transaction.jta.platform.spi.JtaPlatform;
import org.jspecify.annotations.Nullable;

/**
 * Joins Hibernate to the server's transactions through the one object that every server offers under a standard name.
 * Hibernate never begins or ends one here, and must be started outside of any.
 */
final class RegistryJtaPlatform implements JtaPlatform, TransactionManager {

    private static final long serialVersionUID = 1L;

    private final transient TransactionSynchronizationRegistry registry;

    RegistryJtaPlatform(TransactionSynchronizationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public TransactionManager retrieveTransactionManager() {
        return this;
    }

    @Override
    public UserTransaction retrieveUserTransaction() {
        throw refusal();
    }

    @Override
    public Object getTransactionIdentifier(Transaction transaction) {
        return transaction;
    }

    @Override
    public boolean canRegisterSynchronization() {
        return registry.getTransactionStatus() == Status.STATUS_ACTIVE;
    }

    @Override
    public void registerSynchronization(Synchronization synchronization) {
        registry.registerInterposedSynchronization(synchronization);
    }

    @Override
    public int getCurrentStatus() {
        return registry.getTransactionStatus();
    }

    @Override
    public int getStatus() {
        return registry.getTransactionStatus();
    }

    @Override
    public void setRollbackOnly() {
        registry.setRollbackOnly();
    }

    @Override
    public @Nullable Transaction suspend() {
        if (registry.getTransactionStatus() == Status.STATUS_NO_TRANSACTION) {
            return null;
        }
        throw refusal();
    }

    @Override
    public void resume(@Nullable Transaction transaction) {
        if (transaction != null) {
            throw refusal();
        }
    }

    @Override
    public Transaction getTransaction() {
        throw refusal();
    }

    @Override
    public void begin() {
        throw refusal();
    }

    @Override
    public void commit() {
        throw refusal();
    }

    @Override
    public void rollback() {
        throw refusal();
    }

    @Override
    public void setTransactionTimeout(int seconds) {
        throw refusal();
    }

    private static IllegalStateException refusal() {
        return new IllegalStateException("the server begins and ends transactions, not Hibernate");
    }
}
