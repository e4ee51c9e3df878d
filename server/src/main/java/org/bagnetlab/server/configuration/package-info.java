/** The configuration of a lab: the file {@code bagnetlab.yaml}, read once at the start. */
package org.bagnetlab.server.configuration;
