package org.bagnetlab.engine.nd4j.cpu.memory;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Native memory that operations keep to themselves while their program lives. */
public final class Scratch implements AutoCloseable {

  private final List<Arena> arenas = new ArrayList<>();
  private long size;

  /** New memory of undefined content. */
  public FloatBuffer floats(long count) {
    Arena arena = new Arena(count);
    arenas.add(arena);
    size += count;
    return arena.floats(0, count);
  }

  /** Floats of all. */
  long size() {
    return size;
  }

  @Override
  public void close() {
    arenas.forEach(Arena::close);
  }
}
