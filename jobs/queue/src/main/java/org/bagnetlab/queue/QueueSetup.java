package org.bagnetlab.queue;

import java.time.Clock;
import java.util.function.LongSupplier;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.storage.file.LabStorage;

/**
 * The dependencies of a queue. The owner of the storage must close it, after the queue.
 *
 * @param storage the jobs and the files of their workers
 * @param catalogue catalogue of networks and data sets
 * @param workers how jobs are run
 * @param clock clock for all stored times
 * @param ticker measures how long workers are silent, in nanoseconds from an arbitrary origin
 */
public record QueueSetup(
    LabStorage storage,
    Catalogue catalogue,
    WorkerSetup workers,
    Clock clock,
    LongSupplier ticker) {}
