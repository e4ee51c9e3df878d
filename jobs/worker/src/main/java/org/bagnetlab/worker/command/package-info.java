/** Answers requests to the engine that are not jobs. */
package org.bagnetlab.worker.command;
