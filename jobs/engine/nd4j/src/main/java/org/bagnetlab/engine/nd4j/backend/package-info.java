/** The available backend of ND4J, and how it executes operations. */
package org.bagnetlab.engine.nd4j.backend;
