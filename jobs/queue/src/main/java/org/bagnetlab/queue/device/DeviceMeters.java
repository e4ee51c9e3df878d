package org.bagnetlab.queue.device;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.Inventory;

/** The meters of this machine's devices. Callable from any thread. */
public final class DeviceMeters {

  private record Metered(GpuPower power, DeviceMeter meter) {}

  private final DeviceMeter processors;
  private final LongSupplier ticker;
  private final Map<String, Metered> gpus = new ConcurrentHashMap<>();

  /**
   * Meters of the GPUs and the processors.
   *
   * @param processors the energy of the processors
   * @param ticker time in nanoseconds from an arbitrary origin
   */
  public DeviceMeters(DeviceMeter.Counter processors, LongSupplier ticker) {
    this.processors = new DeviceMeter(processors);
    this.ticker = ticker;
  }

  /** Meters that know nothing. */
  public static DeviceMeters none() {
    return new DeviceMeters(() -> DeviceMeter.Reading.NONE, System::nanoTime);
  }

  /** The meter of a slot's device; all slots of one device share one. */
  public DeviceMeter of(DeviceSlot slot) {
    return slot.gpu().map(gpu -> of(gpu).meter()).orElse(processors);
  }

  private Metered of(Gpu gpu) {
    return gpus.computeIfAbsent(
        gpu.uuid(),
        uuid -> {
          GpuPower power = new GpuPower(ticker);
          return new Metered(power, new DeviceMeter(power));
        });
  }

  /** Records readings of the GPUs. */
  public void read(Inventory inventory) {
    inventory.gpus().forEach(gpu -> of(gpu).power().read(gpu));
  }
}
