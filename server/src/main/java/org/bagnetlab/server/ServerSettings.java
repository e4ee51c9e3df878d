package org.bagnetlab.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.IntStream;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.queue.device.GpuEngines;
import org.bagnetlab.queue.device.nvidia.SharedLibraries;
import org.bagnetlab.queue.launch.LocalLauncher;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.launch.slurm.SlurmLauncher;
import org.bagnetlab.queue.launch.slurm.SlurmRequest;
import org.bagnetlab.queue.run.WorkerLimits;
import org.bagnetlab.server.configuration.LabConfiguration;
import org.bagnetlab.server.configuration.SlurmSection;
import org.bagnetlab.server.housekeeping.HousekeepingSettings;
import org.bagnetlab.server.http.connection.ClientLimits;
import org.bagnetlab.storage.directory.LabIdentity;

/**
 * How a server runs.
 *
 * @param endpoint where it is reached
 * @param dataDirectory its data
 * @param devices that jobs run on
 * @param launcher starts workers
 * @param limits timeouts of workers
 * @param housekeeping disk limits, retention and notifications
 * @param clients limits of clients
 * @param clock for all times that are stored
 */
public record ServerSettings(
    Endpoint endpoint,
    Path dataDirectory,
    Devices devices,
    WorkerLauncher launcher,
    WorkerLimits limits,
    HousekeepingSettings housekeeping,
    ClientLimits clients,
    Clock clock) {

  /**
   * A server whose jobs run on this machine, in workers of this application, as configured in the
   * data directory.
   */
  public static ServerSettings local(Endpoint endpoint, Path dataDirectory, Devices devices)
      throws IOException {
    LabConfiguration configuration = LabConfiguration.in(dataDirectory);
    return new ServerSettings(
        endpoint,
        dataDirectory,
        devices,
        LocalLauncher.ofThisApplication()
            .with(configuration.devices().workerOptions())
            .startingAhead(configuration.workers().startsAhead()),
        configuration.workers().limits(),
        configuration.housekeeping(),
        ClientLimits.standard(),
        Clock.systemUTC());
  }

  /**
   * A server whose jobs run on a Slurm cluster, as configured in the data directory.
   *
   * @throws IllegalStateException if Slurm's commands or the GPU workers are not available
   */
  public static ServerSettings slurm(Endpoint endpoint, Path dataDirectory) throws IOException {
    LabConfiguration configuration = LabConfiguration.in(dataDirectory);
    SlurmLauncher.requireCommands();
    SlurmSection slurm = configuration.slurm();
    SlurmRequest request = slurm.request();
    LocalLauncher there =
        LocalLauncher.ofThisApplicationElsewhere(slurm.memoryBytes())
            .with(configuration.devices().workerOptions());
    // The libraries of the nodes are not known here.
    GpuEngines engines = GpuEngines.of(there.backends(), SharedLibraries.of(System.getenv()));
    String backend = slurm.backend(configuration.devices().order(engines));
    return new ServerSettings(
        endpoint,
        dataDirectory,
        Devices.of(
            IntStream.rangeClosed(1, slurm.workers())
                .mapToObj(slot -> new DeviceSlot("Slurm " + slot, backend, request.cpus()))
                .toList()),
        new SlurmLauncher(
            LocalLauncher.ofThisApplication(),
            there,
            there.application(),
            LabIdentity.of(dataDirectory),
            request,
            Map.of()),
        configuration.workers().limits(),
        configuration.housekeeping(),
        ClientLimits.standard(),
        Clock.systemUTC());
  }
}
