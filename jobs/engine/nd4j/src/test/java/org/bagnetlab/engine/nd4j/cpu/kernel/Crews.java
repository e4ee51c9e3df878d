package org.bagnetlab.engine.nd4j.cpu.kernel;

/** Two crews that differ in all that a crew can differ in. */
public final class Crews {

  private Crews() {}

  /** One member, with plain loops. */
  public static Crew plain() {
    return new Crew(1, new PlainLoops());
  }

  /** Three, so that shares are uneven, with the Vector API's loops. */
  public static Crew fast() throws ReflectiveOperationException {
    return new Crew(3, FastPath.vectorLoops());
  }
}
