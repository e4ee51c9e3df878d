package org.bagnetlab.engine.nd4j.cpu.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The places of a program's memory blocks. Blocks that are never needed at the same time may share
 * memory: the largest blocks are placed first, each at the lowest offset without a conflict.
 */
public final class MemoryPlan {

  /** Number of floats in a cache line. */
  private static final int ALIGNMENT = 16;

  private final List<MemoryBlock> placed = new ArrayList<>();
  private final long size;

  public MemoryPlan(List<MemoryBlock> storages) {
    long end = 0;
    List<MemoryBlock> order = new ArrayList<>(storages);
    order.removeIf(storage -> !storage.needed());
    order.sort(Comparator.comparingLong(MemoryBlock::size).reversed());
    for (MemoryBlock storage : order) {
      long at = 0;
      // Placed blocks are in the order of their offsets.
      for (MemoryBlock other : placed) {
        if (storage.neededWith(other)) {
          if (at + storage.size() <= other.offset()) {
            break;
          }
          at = Math.max(at, aligned(other.end()));
        }
      }
      storage.place(at);
      placed.add(storage);
      placed.sort(Comparator.comparingLong(MemoryBlock::offset));
      end = Math.max(end, storage.end());
    }
    size = aligned(end);
  }

  private static long aligned(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** The number of floats that all blocks need together. */
  public long size() {
    return size;
  }

  /** One line for each block: its place and size in MB, and the time span in which it is needed. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("%.1f MB%n".formatted(megabytes(size)));
    for (MemoryBlock storage : placed) {
      text.append(
          "%10.2f %10.2f  %5d - %5d  %s%n"
              .formatted(
                  megabytes(storage.offset()),
                  megabytes(storage.size()),
                  storage.first(),
                  storage.last(),
                  storage.name()));
    }
    return text.toString();
  }

  private static double megabytes(long floats) {
    return floats * 4 / 1e6;
  }
}
