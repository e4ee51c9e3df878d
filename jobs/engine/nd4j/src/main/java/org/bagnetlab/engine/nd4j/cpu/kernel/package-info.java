/** What the threads of the executor compute with: loops, matrix products and the pieces of both. */
package org.bagnetlab.engine.nd4j.cpu.kernel;
