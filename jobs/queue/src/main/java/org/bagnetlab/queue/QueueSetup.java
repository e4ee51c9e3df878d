package org.bagnetlab.queue;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.device.StartGate;
import org.bagnetlab.queue.lane.InteractiveLane;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.run.WorkerLimits;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.file.ArtifactStore;

/**
 * What a queue works with. Storage stays its owner's to close, after the queue.
 *
 * @param directory where workers write
 * @param database where jobs are
 * @param artifacts takes over workers' files
 * @param catalogue of networks and data sets
 * @param launcher starts workers
 * @param slots the devices
 * @param lane where interactive jobs run; empty: there are none
 * @param gates asked before each start
 * @param limits timeouts and retries
 * @param clock for all times that are stored
 * @param ticker for how long workers are silent, in nanoseconds from whenever
 */
public record QueueSetup(
    DataDirectory directory,
    Database database,
    ArtifactStore artifacts,
    Catalogue catalogue,
    WorkerLauncher launcher,
    List<DeviceSlot> slots,
    Optional<InteractiveLane> lane,
    List<StartGate> gates,
    WorkerLimits limits,
    Clock clock,
    LongSupplier ticker) {}
