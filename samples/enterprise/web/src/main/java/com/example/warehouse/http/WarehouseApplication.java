package com.example.warehouse.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The application's API stands at {@code /api}. */
@ApplicationPath("api")
public class WarehouseApplication extends Application {}
