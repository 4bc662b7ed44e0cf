package dev.leasehold.settings;

import java.util.List;
import java.util.function.Consumer;

/** Reads every setting once, so that a start shows the first that is out of bounds. */
final class SettingsCheck {

    private static final List<Consumer<Settings>> ALL = List.of(
            Settings::dataSource,
            Settings::executor,
            Settings::databaseUrl,
            Settings::databaseUser,
            Settings::databasePassword,
            Settings::dataFolder,
            Settings::node,
            Settings::workerThreads,
            Settings::queueThreads,
            Settings::capabilities,
            Settings::defaultMaxAttempts,
            Settings::defaultBackoff,
            Settings::lease,
            Settings::heartbeatEvery,
            Settings::httpLease,
            Settings::timeoutGrace,
            Settings::drain,
            Settings::longestTransaction,
            Settings::expireEvery,
            Settings::promoteEvery,
            Settings::pollEvery,
            Settings::startWait,
            Settings::dutiesByTimer,
            Settings::maxWaitingPolls,
            Settings::slowReader,
            Settings::retentionDays,
            Settings::maxPayloadBytes,
            Settings::maxRequestBytes,
            Settings::httpHosts,
            Settings::control,
            Settings::metrics,
            Settings::notices);

    private SettingsCheck() {}

    static void of(Settings settings) {
        ALL.forEach(one -> one.accept(settings));
    }
}
