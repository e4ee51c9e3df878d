/** Processes that each answer one request, with their own engine and memory. */
package org.bagnetlab.server.engine;
