/** The oneDNN library, called through Java's foreign-function interface. */
package org.bagnetlab.engine.nd4j.cpu.onednn;
