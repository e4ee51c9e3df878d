package org.bagnetlab.engine.nd4j.cpu.memory;

/** A block of a program's memory, with the time span in which it is needed. */
public final class MemoryBlock {

  private final String name;
  private final long size;
  private int first = Integer.MAX_VALUE;
  private int last = Integer.MIN_VALUE;
  private long offset = -1;

  /**
   * Creates a block that no operation needs yet.
   *
   * @param name name of the first value stored in it
   * @param size size in floats
   */
  MemoryBlock(String name, long size) {
    this.name = name;
    this.size = size;
  }

  void neededAt(int time) {
    first = Math.min(first, time);
    last = Math.max(last, time);
  }

  boolean neededWith(MemoryBlock other) {
    return first <= other.last && other.first <= last;
  }

  boolean needed() {
    return first <= last;
  }

  String name() {
    return name;
  }

  long size() {
    return size;
  }

  int first() {
    return first;
  }

  int last() {
    return last;
  }

  public long offset() {
    return offset;
  }

  long end() {
    return offset + size;
  }

  void place(long at) {
    offset = at;
  }
}
