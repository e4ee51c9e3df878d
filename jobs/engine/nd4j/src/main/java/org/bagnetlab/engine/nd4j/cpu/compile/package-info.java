/** From an architecture to a program: a list of operations over memory that is planned once. */
@NullMarked
package org.bagnetlab.engine.nd4j.cpu.compile;

import org.jspecify.annotations.NullMarked;
