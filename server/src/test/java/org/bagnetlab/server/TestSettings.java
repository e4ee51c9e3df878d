package org.bagnetlab.server;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.queue.rule.JobPolicy;
import org.bagnetlab.queue.run.WorkerLimits;
import org.bagnetlab.server.housekeeping.HousekeepingSettings;
import org.bagnetlab.server.http.connection.ClientLimits;
import org.bagnetlab.server.results.run.Pooling;

/** How a test server runs: on a processor, unless a test needs something else. */
public record TestSettings(
    Path data,
    Endpoint endpoint,
    ClientLimits clients,
    Devices devices,
    HousekeepingSettings housekeeping) {

  static TestSettings of(Path data) {
    return new TestSettings(
        data,
        new Endpoint("127.0.0.1", 0, Set.of("Lab.Example"), false, Optional.empty()),
        ClientLimits.standard(),
        Devices.of(List.of(new DeviceSlot("CPU", "cpu", 2))),
        HousekeepingSettings.standard());
  }

  public TestSettings with(Endpoint other) {
    return new TestSettings(data, other, clients, devices, housekeeping);
  }

  public TestSettings with(ClientLimits other) {
    return new TestSettings(data, endpoint, other, devices, housekeeping);
  }

  public TestSettings with(Devices other) {
    return new TestSettings(data, endpoint, clients, other, housekeeping);
  }

  public TestSettings with(HousekeepingSettings other) {
    return new TestSettings(data, endpoint, clients, devices, other);
  }

  /** The settings of the server. */
  public ServerSettings server() {
    return new ServerSettings(
        endpoint,
        clients,
        data,
        new JobSettings(devices, new StudyLauncher(), WorkerLimits.standard(), JobPolicy.none()),
        housekeeping,
        Pooling.BY_CODE,
        Clock.systemUTC());
  }
}
