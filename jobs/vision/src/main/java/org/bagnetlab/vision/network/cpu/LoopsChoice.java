package org.bagnetlab.vision.network.cpu;

/**
 * Which loops this JVM gets.
 *
 * @param loops the Vector API's if the module is there, plain ones otherwise
 * @param fast whether they are the Vector API's
 * @param evidence why, for the log
 */
record LoopsChoice(Loops loops, boolean fast, String evidence) {

  static LoopsChoice make() {
    try {
      Loops vector =
          Class.forName(LoopsChoice.class.getPackageName() + ".VectorLoops")
              .asSubclass(Loops.class)
              .getDeclaredConstructor()
              .newInstance();
      return new LoopsChoice(vector, true, "loops of the Vector API");
    } catch (ReflectiveOperationException | LinkageError e) {
      return new LoopsChoice(new PlainLoops(), false, "plain loops: " + e);
    }
  }
}
