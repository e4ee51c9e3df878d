/** ND4J itself: which of its backends is there, and how that executes operations. */
package org.bagnetlab.engine.nd4j.backend;
