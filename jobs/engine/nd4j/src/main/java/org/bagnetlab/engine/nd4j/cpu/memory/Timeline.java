package org.bagnetlab.engine.nd4j.cpu.memory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Records which values the operations of a program need and when, while the program is planned. */
public final class Timeline {

  private final Set<MemoryBlock> storages = new LinkedHashSet<>();
  private final Set<Value> values = new LinkedHashSet<>();
  private final List<Set<Value>> needed = new ArrayList<>(List.of(new LinkedHashSet<>()));
  private int now;

  /** Records that the current operation reads or writes a value. */
  public void needs(Value value) {
    if (value.isElsewhere()) {
      return;
    }
    MemoryBlock storage = value.storage();
    storage.neededAt(now);
    storages.add(storage);
    values.add(value);
    needed.get(now).add(value);
  }

  /** The time of the current operation. */
  public int now() {
    return now;
  }

  /** Advances to the next operation. */
  public void next() {
    now++;
    needed.add(new LinkedHashSet<>());
  }

  /** The bytes of the values that an operation needs, by its time from 0. */
  public long bytes(int time) {
    return needed.get(time).stream().mapToLong(Value::bytes).sum();
  }

  public List<MemoryBlock> storages() {
    return new ArrayList<>(storages);
  }

  /** Binds all values to the memory planned for them. */
  public void bind(Arena arena) {
    values.forEach(value -> value.bind(arena));
  }
}
