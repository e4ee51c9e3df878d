/** The ND4J backend on the class path, and how it executes operations. */
package org.bagnetlab.engine.nd4j.backend;
