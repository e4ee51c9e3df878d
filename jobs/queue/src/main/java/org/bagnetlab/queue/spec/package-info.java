/** Parses requests into complete job specifications, or reports which field is invalid. */
package org.bagnetlab.queue.spec;
