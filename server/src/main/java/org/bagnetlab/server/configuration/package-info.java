/**
 * The configuration of a lab: the file {@code bagnetlab.yaml}, read once when the server starts.
 */
package org.bagnetlab.server.configuration;
