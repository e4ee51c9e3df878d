/**
 * Writes the results on a data set as files to take along: tables and figures, or pages. The server
 * streams them to the dashboard and to the command line, which has drawn the figures.
 */
package org.bagnetlab.server.export;
