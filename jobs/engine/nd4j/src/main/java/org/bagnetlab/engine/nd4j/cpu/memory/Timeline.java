package org.bagnetlab.engine.nd4j.cpu.memory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which values the operations of a program need when, while the program is planned. */
public final class Timeline {

  private final Set<MemoryBlock> storages = new LinkedHashSet<>();
  private int now;

  /** Says that the operation whose turn it is reads or writes a value. */
  public void needs(Value value) {
    if (value.isElsewhere()) {
      return;
    }
    MemoryBlock storage = value.storage();
    storage.neededAt(now);
    storages.add(storage);
  }

  /** It is the next operation's turn. */
  public void next() {
    now++;
  }

  public List<MemoryBlock> storages() {
    return new ArrayList<>(storages);
  }
}
