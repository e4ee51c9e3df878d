package org.bagnetlab.queue.device.nvidia;

/**
 * A property queried from nvidia-smi, in the order of the columns: the name is last, because it is
 * not quoted and is the only one that may contain a comma.
 */
enum SmiColumn {
  INDEX("index"),
  UUID("uuid"),
  DRIVER("driver_version"),
  MEMORY_TOTAL("memory.total"),
  MEMORY_USED("memory.used"),
  MEMORY_FREE("memory.free"),
  UTILISATION("utilization.gpu"),
  TEMPERATURE("temperature.gpu"),
  /** Unknown to driver 440, known to 450. */
  MIG("mig.mode.current"),
  /** Unknown to driver 470. */
  COMPUTE_CAPABILITY("compute_cap"),
  NAME("name");

  private final String property;

  SmiColumn(String property) {
    this.property = property;
  }

  /** What nvidia-smi calls it. */
  String property() {
    return property;
  }

  /** Whether to retry without the property if nvidia-smi does not support it. */
  boolean dispensable() {
    return this == MIG || this == COMPUTE_CAPABILITY;
  }
}
