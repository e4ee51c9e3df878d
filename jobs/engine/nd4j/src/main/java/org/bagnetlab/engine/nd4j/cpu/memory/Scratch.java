package org.bagnetlab.engine.nd4j.cpu.memory;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Native memory that operations use privately as long as their program exists. */
public final class Scratch implements AutoCloseable {

  private final List<Arena> arenas = new ArrayList<>();
  private long size;

  /** Allocates memory with undefined content. */
  public FloatBuffer floats(long count) {
    Arena arena = new Arena(count);
    arenas.add(arena);
    size += count;
    return arena.floats(0, count);
  }

  /** The number of floats of all memory. */
  long size() {
    return size;
  }

  @Override
  public void close() {
    arenas.forEach(Arena::close);
  }
}
