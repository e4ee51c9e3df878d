package org.bagnetlab.queue.process;

/**
 * A place where one worker computes at a time.
 *
 * @param name of the device, for people: {@code CPU}
 * @param backend the worker's class path: {@code cpu}
 * @param threads that its worker may compute with
 */
public record DeviceSlot(String name, String backend, int threads) {

  /** The whole CPU. Two workers on the same cores would slow each other tenfold. */
  public static DeviceSlot cpu() {
    return new DeviceSlot("CPU", "cpu", Runtime.getRuntime().availableProcessors());
  }
}
