package dev.leasehold.node;

import dev.leasehold.attempt.AttemptRecord;
import dev.leasehold.lease.Lease;
import dev.leasehold.queue.Pause;
import dev.leasehold.run.EventData;
import dev.leasehold.run.Lane;
import dev.leasehold.run.Rerun;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunEvent;
import dev.leasehold.run.RunStates;
import dev.leasehold.task.PausedTask;
import dev.leasehold.task.Task;
import dev.leasehold.task.TaskPayload;
import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import jakarta.persistence.spi.ClassTransformer;
import jakarta.persistence.spi.PersistenceUnitInfo;
import jakarta.persistence.spi.PersistenceUnitTransactionType;
import java.net.URL;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.jspecify.annotations.Nullable;

/**
 * The queue's persistence unit, described in code: a persistence.xml of ours would meet the host application's own.
 *
 * @param dataSource where the tables are; a JTA data source
 */
public record QueueUnit(DataSource dataSource) implements PersistenceUnitInfo {

    /** Every class that the unit maps. */
    public static final List<Class<?>> CLASSES = List.of(
            Task.class,
            TaskPayload.class,
            PausedTask.class,
            Run.class,
            Lane.class,
            RunEvent.class,
            EventData.class,
            Rerun.class,
            Lease.class,
            AttemptRecord.class,
            NodeRecord.class,
            Pause.class,
            RunStates.class);

    @Override
    public String getPersistenceUnitName() {
        return "leasehold";
    }

    @Override
    public String getPersistenceProviderClassName() {
        return HibernatePersistenceProvider.class.getName();
    }

    @Override
    public PersistenceUnitTransactionType getTransactionType() {
        return PersistenceUnitTransactionType.JTA;
    }

    @Override
    public DataSource getJtaDataSource() {
        return dataSource;
    }

    @Override
    public @Nullable DataSource getNonJtaDataSource() {
        return null;
    }

    @Override
    public List<String> getMappingFileNames() {
        return List.of();
    }

    @Override
    public List<URL> getJarFileUrls() {
        return List.of();
    }

    @Override
    public @Nullable URL getPersistenceUnitRootUrl() {
        return null;
    }

    @Override
    public List<String> getManagedClassNames() {
        return CLASSES.stream().map(Class::getName).toList();
    }

    @Override
    public boolean excludeUnlistedClasses() {
        return true;
    }

    @Override
    public SharedCacheMode getSharedCacheMode() {
        return SharedCacheMode.NONE;
    }

    @Override
    public ValidationMode getValidationMode() {
        return ValidationMode.NONE;
    }

    @Override
    public Properties getProperties() {
        return new Properties();
    }

    @Override
    public String getPersistenceXMLSchemaVersion() {
        return "3.0";
    }

    @Override
    public ClassLoader getClassLoader() {
        return QueueUnit.class.getClassLoader();
    }

    @Override
    public void addTransformer(ClassTransformer transformer) {
        // entities are used as compiled: Payara cannot load a transformed class of a bundled Hibernate
    }

    @Override
    public ClassLoader getNewTempClassLoader() {
        return new ClassLoader(getClassLoader()) {};
    }
}
