package org.bagnetlab.queue;

import java.time.Clock;
import java.util.function.LongSupplier;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.storage.file.LabStorage;

/**
 * What a queue works with. Storage stays its owner's to close, after the queue.
 *
 * @param storage where jobs are, and the files of their workers
 * @param catalogue of networks and data sets
 * @param workers run the jobs
 * @param clock for all times that are stored
 * @param ticker for how long workers are silent, in nanoseconds from any origin
 */
public record QueueSetup(
    LabStorage storage,
    Catalogue catalogue,
    WorkerSetup workers,
    Clock clock,
    LongSupplier ticker) {}
