package org.bagnetlab.queue.device;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.queue.device.nvidia.Gpu;

/**
 * Estimates how much memory of a GPU other programs use while jobs of this server run on it. A
 * job's memory cannot be distinguished from that of other programs: nvidia-smi lists no processes
 * inside a container. So it is what was used when no job ran, or more if more is used than all jobs
 * may use.
 */
final class OtherPrograms {

  private final Map<String, Long> whenIdle = new HashMap<>();

  /** The bytes that other programs use, from the latest readings. */
  long estimate(Gpu gpu, List<MemoryClaim> claims) {
    long used = gpu.memoryUsed().orElse(0);
    if (claims.isEmpty()) {
      whenIdle.put(gpu.uuid(), used);
      return used;
    }
    long ours =
        claims.stream()
            .flatMap(claim -> claim.limit().stream())
            .mapToLong(share -> share.bytes() + GpuMemory.CONTEXT)
            .sum();
    return Math.max(Math.min(whenIdle.getOrDefault(gpu.uuid(), 0L), used), used - ours);
  }
}
