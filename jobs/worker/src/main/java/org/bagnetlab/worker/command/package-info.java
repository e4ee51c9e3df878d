/** Requests to the engine other than jobs. */
package org.bagnetlab.worker.command;
