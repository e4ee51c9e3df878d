/** ND4J itself: which of its backends is there, and how that executes operations. */
@NullMarked
package org.bagnetlab.engine.nd4j.backend;

import org.jspecify.annotations.NullMarked;
